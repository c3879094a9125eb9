"""The widgets. A view owns no truth: no answer key, no score, no clock."""
