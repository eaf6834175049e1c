"""A ballot as a part of its case: opened by the process, stopped, ended, counted, and its result handed over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.ballots import box, roll
from engine.ballots.board import board_head, entries_of, signed_end
from engine.ballots.casting import BallotNotFound
from engine.ballots.motions import motions_from, read_choice, read_motions
from engine.ballots.opening import BallotPlan, BallotWrong, open_ballot as open_with_plan
from engine.ballots.rule import BallotRule
from engine.ballots.tally import count_choices, result_of
from engine.case_work import CaseWork
from engine.errors import Conflict, Problem
from engine.model import Ballot, BallotConfirmation, GroupMembership, Person
from engine.model.ballot import BallotState
from engine.work import Work

MESSAGE = "ballot_closed"
