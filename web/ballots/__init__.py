"""Secret ballots, surveys and demands on the screen: one module a screen."""

from flask import Blueprint, Flask

from web.ballots import (
    case_votes,
    closing,
    closing_words,
    demands,
    matter,
    result_words,
    results,
    surveys,
    voting,
    words,
)
from web.language import full_moment

_OF_VOTES = (voting.screen, matter.screen, closing.screen, results.screen, case_votes.screen)
SCREENS: tuple[Blueprint, ...] = (*_OF_VOTES, surveys.screen, demands.screen)


def register(app: Flask) -> None:
    """Give the templates below `ballots/` their words."""
    app.jinja_env.filters.update(
        ballot_answer=words.answer_words,
        ballot_state=closing_words.ballot_state,
        closing_stamp=closing_words.stamp,
        full_moment=full_moment,
    )
    app.jinja_env.globals.update(
        ballot_majority=result_words.majority,
        ballot_motion_outcome=result_words.motion_outcome,
        ballot_outcome=result_words.outcome,
        ballot_quorum=result_words.quorum,
        ballot_withheld=result_words.withheld_words,
        my_ballots_to_close=case_votes.my_ballots_to_close,
        ballot_for_client=words.for_client,
        ballot_needs=words.needed,
        ballot_rule=words.rule_text,
        my_ballots=voting.my_ballots,
        seconds_left=words.seconds_left,
        time_left=words.time_left,
        voter_mark=words.voter_mark,
    )
