"""Quizzes with a purpose: for some days and an audience, to be passed, on the phone or paper."""
