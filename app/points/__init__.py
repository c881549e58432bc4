"""Points: a ledger that is only added to, and the small goods and services they are good for."""
