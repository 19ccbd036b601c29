"""The settings of the official image for a small machine: three processes, not seven, loaded once before the fork."""

bind = "0.0.0.0:5000"
proc_name = "dioptra"
workers = 3
preload_app = True
max_requests = 1000
timeout = 60
graceful_timeout = 60
keepalive = 10
