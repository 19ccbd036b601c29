"""A library that runs a thread from its import on, so that no fork of its process is whole."""

import threading
import time

threading.Thread(target=time.sleep, args=(600,), name="busy", daemon=True).start()
