"""`facilitator completion`: completion of commands, options and ids in the shell."""

import click
from click.shell_completion import get_completion_class

from facilitator.cli.options import examples
from facilitator.cli.output import emit

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    epilog=examples(
        'eval "$(facilitator completion bash)"        in ~/.bashrc',
        'eval "$(facilitator completion zsh)"         in ~/.zshrc',
        "facilitator completion fish > ~/.config/fish/completions/facilitator.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options and ids in SHELL."""
    completer = get_completion_class(shell)
    if completer is None:  # an older library without this shell
        ctx.fail(f"completion in {shell} is not supported by this version of click")
    emit(completer(ctx.find_root().command, {}, "facilitator", "_FACILITATOR_COMPLETE").source().encode())
