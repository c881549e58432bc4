"""Quizzes: safety learning that people come back to."""
