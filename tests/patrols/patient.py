"""The application as it is, but that it waits for a busy database as long as it takes.

After fifteen seconds the product says 503 and the phone comes back, which on a machine that is
slow enough is no fault, and hides what a race is about.
"""

from tests import databases
from wsgi import app

__all__ = ["app"]

databases.be_patient(app)
