"""How far somebody is with the e-learning, in words."""

from surveys.elearning import Elearning
from surveys.wording import N_

ELEARNING = {
    Elearning.DONE: N_("done"),
    Elearning.IN_PROGRESS: N_("in progress"),
    Elearning.NOT_STARTED: N_("not started"),
    Elearning.NO_ACCESS: N_("no access"),
}
"""How far the list of the office says that somebody is."""
