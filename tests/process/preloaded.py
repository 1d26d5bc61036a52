"""Reads the whole program, for processes that are copies of one which has read it."""

import bot.cli.operations
import bot.cli.participants
import bot.cli.service
import bot.cli.staff
import bot.cli.waves
import bot.cli.workshops
import bot.service.process
import bot.settings.logs
import bot.web  # noqa: F401
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire

for key in packaged_keys():
    packaged_questionnaire(key)
