"""The official image's settings for a small machine: three processes, loaded before the fork."""

bind = "0.0.0.0:5000"
proc_name = "dioptra"
workers = 3
preload_app = True
max_requests = 1000
timeout = 60
graceful_timeout = 60
keepalive = 10
