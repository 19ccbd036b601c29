"""Owns the Python side of a job: template, job host, tasks and their values. Knows no graphs."""
