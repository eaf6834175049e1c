"""The nouns: one table a file, with its rules."""

from engine.model.answer import Answer
from engine.model.ballot import Ballot, BallotConfirmation
from engine.model.ballot_roll import BallotRollEntry, BallotTicket
from engine.model.ballot_signature import BallotSignature
from engine.model.ballot_tray import BallotTray
from engine.model.base_model import Model
from engine.model.batch import Batch, BatchRow
from engine.model.calendar_day import CalendarDay, CalendarYear
from engine.model.calendar_feed import CalendarFeed
from engine.model.case import Case, CaseAudience
from engine.model.case_copy import CaseCopy
from engine.model.case_link import CaseLink
from engine.model.clause import Clause, ClauseNote, ClauseStep
from engine.model.clock import Clock
from engine.model.cosignature import Cosignature
from engine.model.deployment import Deployment, DeploymentFile
from engine.model.desk import Desk, SavedView
from engine.model.document import Document
from engine.model.document_template import DocumentTemplate
from engine.model.expert import Expert
from engine.model.expert_offer import ExpertOffer, ExpertRanking
from engine.model.follow import CaseFollow, TaskFollow
from engine.model.history_entry import HistoryEntry, HistoryStream, HistorySubject
from engine.model.incident import Incident
from engine.model.invitation import Invitation
from engine.model.job import Job
from engine.model.kept_reply import KeptReply
from engine.model.login import LoginSession, LoginThrottle
from engine.model.mail import Mail
from engine.model.mail_address import MailAddress
from engine.model.message import IncomingMessage, MessageWait, SignalWait
from engine.model.migration import CaseMigration, MigrationRow, MigrationRun
from engine.model.movement import Movement
from engine.model.negotiation import Negotiation, NegotiationDelegate, NegotiationPresence
from engine.model.note import Note
from engine.model.notice import Notice
from engine.model.notice_delivery import NoticeDelivery
from engine.model.notice_wishes import NoticeWishes
from engine.model.number_series import NumberSeries
from engine.model.online_voting_switch import OnlineVotingSwitch
from engine.model.organisation import Organisation
from engine.model.party import Party
from engine.model.person import ComingMembership, GroupMembership, Person
from engine.model.process_draft import DraftFile, ProcessDraft
from engine.model.process_instance import ProcessInstance
from engine.model.roster import RosterFlaw, RosterImport, RosterLine
from engine.model.seal import Seal, SealedHead
from engine.model.spot_code import SpotCode
from engine.model.stand_in import StandIn
from engine.model.task_offer import TaskOffer
from engine.model.training_clock import TrainingClock
from engine.model.user_task import UserTask

__all__ = [
    "Answer",
    "Ballot",
    "BallotConfirmation",
    "BallotRollEntry",
    "BallotSignature",
    "BallotTicket",
    "BallotTray",
    "Batch",
    "BatchRow",
    "CalendarDay",
    "CalendarFeed",
    "CalendarYear",
    "Case",
    "CaseAudience",
    "CaseCopy",
    "CaseFollow",
    "CaseLink",
    "CaseMigration",
    "Clause",
    "ClauseNote",
    "ClauseStep",
    "Clock",
    "ComingMembership",
    "Cosignature",
    "Deployment",
    "DeploymentFile",
    "Desk",
    "Document",
    "DocumentTemplate",
    "DraftFile",
    "Expert",
    "ExpertOffer",
    "ExpertRanking",
    "GroupMembership",
    "HistoryEntry",
    "HistoryStream",
    "HistorySubject",
    "Incident",
    "IncomingMessage",
    "Invitation",
    "Job",
    "KeptReply",
    "LoginSession",
    "LoginThrottle",
    "Mail",
    "MailAddress",
    "MessageWait",
    "MigrationRow",
    "MigrationRun",
    "Model",
    "Movement",
    "Negotiation",
    "NegotiationDelegate",
    "NegotiationPresence",
    "Note",
    "Notice",
    "NoticeDelivery",
    "NoticeWishes",
    "NumberSeries",
    "OnlineVotingSwitch",
    "Organisation",
    "Party",
    "Person",
    "ProcessDraft",
    "ProcessInstance",
    "RosterFlaw",
    "RosterImport",
    "RosterLine",
    "SavedView",
    "Seal",
    "SealedHead",
    "SignalWait",
    "SpotCode",
    "StandIn",
    "TaskFollow",
    "TaskOffer",
    "TrainingClock",
    "UserTask",
]
