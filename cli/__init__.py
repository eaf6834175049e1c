"""The `tongban` command. Each subcommand lives in a module of its own that is imported when it runs."""

from importlib import import_module

import click

# command → (module, its click command, one line for --help)
COMMANDS = {
    "serve": ("cli.serve", "serve", "Start the application."),
    "worker": ("cli.worker", "worker", "Start a worker that does the work due in the background."),
    "migrate": ("cli.migrate", "migrate", "Bring the database to the newest version."),
    "register": ("cli.register", "register", "Enter organisations and people from a file."),
    "demo": ("cli.demo", "demo", "Put the demo people, enterprises and processes into the database."),
    "deploy": ("cli.deploy", "deploy", "Check a process folder and deploy it."),
    "check": ("cli.check", "check", "Check a process folder and list what is wrong."),
    "import": ("cli.import_file", "import_diagram", "Make a draft of a diagram that another tool wrote."),
    "play": ("cli.play", "play", "Play the scenarios of a process folder."),
    "case": ("cli.case", "case", "Look at a case."),
    "verify": ("cli.verify", "verify", "Verify an evidence bundle, offline."),
    "ballot": ("cli.ballot", "ballot", "Verify the board of a secret ballot, offline."),
    "feel": ("cli.feel", "feel", "Evaluate a FEEL expression and print the result as JSON."),
    "decide": ("cli.decide", "decide", "Evaluate a decision with all that it needs and print the result as JSON."),
    "bench": ("cli.bench", "bench", "Measure the engine against its floor."),
}


class LazyGroup(click.Group):
    """Imports a command's module only when that command is asked for, so that every start is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Tongban 通办: case management on BPMN processes."""
