"""Whether an OKR is well written, and what to write instead."""
