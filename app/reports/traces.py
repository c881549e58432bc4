"""What people leave in reports: that somebody asked for one."""

from app.core.traces import acted
from app.reports.models import Report

acted(Report.asked_by, "a report is a place's, whoever asked for it")
