"""followup configuration."""

from bot.cli.common import Desk, Result, at_desk
from bot.cli.printing import table


@at_desk
def configuration(here: Desk) -> Result:
    """Show the configuration as it is read, and where each value comes from.

    Secrets are not shown: only whether there is one, and where it comes from.
    """
    from bot.settings.shown import settings_shown

    settings = here.settings
    rows = [(one.key, one.value, one.source) for one in settings_shown(settings)]
    read = f"Read from {settings.file}." if settings.file else "There is no file: all is default."
    data = [dict(zip(("key", "value", "from"), row, strict=True)) for row in rows]
    return Result(data, [read, "", *table(("key", "value", "from"), rows)])
