"""What provisions ask of whom by when: asks, periods, evidence, answers, status."""
