"""Learning by doing: topics, questions, grading and the learner's history."""
