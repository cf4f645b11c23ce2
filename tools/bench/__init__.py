"""Measures Corsage beside others: speed as ratios in one run, verdicts beside speed."""
