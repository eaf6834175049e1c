"""Secret ballots on the screen: one module a screen, for those who vote and for those who close and read the result."""

from flask import Blueprint, Flask

from web.ballots import matter, voting, words

SCREENS: tuple[Blueprint, ...] = (voting.screen, matter.screen)


def register(app: Flask) -> None:
    """Give the templates below `ballots/` their words."""
    app.jinja_env.filters["ballot_answer"] = words.answer_words
    app.jinja_env.globals.update(
        ballot_for_client=words.for_client,
        ballot_needs=words.needed,
        ballot_rule=words.rule_text,
        my_ballots=voting.my_ballots,
        seconds_left=words.seconds_left,
        time_left=words.time_left,
        voter_mark=words.voter_mark,
    )
