"""What people are told when the office changes one of their cases: one sentence each."""

from surveys.wording import N_

SET_ASIDE = N_("The office has set the questionnaire about {workshop} aside. It does not count.")
PUT_BACK = N_("The questionnaire about {workshop} counts again.")
MOVED = N_("Your answers now belong to: {workshop}.")
REOPENED = N_("You can answer about {workshop} until {day}. Please send /continue.")
CLOSED_AGAIN = N_("The questionnaire about {workshop} is closed again.")
