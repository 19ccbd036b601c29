import ctypes
import os
import random
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import multiprocessing

import numpy
from dioptra import pyplugs


@pyplugs.register
def leave(status):
    sys.exit(status)


@pyplugs.register
def vanish():
    print("last words")
    os._exit(0)


@pyplugs.register
def die():
    os.kill(os.getpid(), signal.SIGKILL)


@pyplugs.register
def crash():
    ctypes.string_at(0)


@pyplugs.register
def close_everything():
    sys.stdout.close()
    sys.stdout = None
    sys.stderr = open(os.devnull, "w")
    os.close(1)
    os.close(2)
    os.closerange(3, 100)


@pyplugs.register
def fork_and_stay(session):
    pid = os.fork()
    if pid == 0:
        if session:
            os.setsid()
        time.sleep(600)
    return pid


@pyplugs.register
def fork_and_return():
    return os.fork()


@pyplugs.register
def fork_and_print():
    if os.fork() == 0:
        print("printed by the child")
        os._exit(0)
    os.wait()


@pyplugs.register
def run_echo():
    subprocess.run(["echo", "echoed"], check=True, stdout=sys.stdout)


@pyplugs.register
def leave_thread():
    threading.Thread(target=time.sleep, args=(600,)).start()


@pyplugs.register
def sleep():
    threading.Thread(target=beat, daemon=True).start()
    print("asleep")
    time.sleep(600)


@pyplugs.register
def throw_dice():
    print(
        random.random(),
        numpy.random.rand(),
        numpy.random.default_rng().random(),
        uuid.uuid4(),
        uuid.uuid1(),
        tempfile.mktemp(),
        secrets.token_hex(),
        bytes(multiprocessing.current_process().authkey).hex(),
    )


@pyplugs.register
def flood_stderr(size):
    os.write(2, b"x" * size)


@pyplugs.register
def print_from_threads(threads, lines):
    def speak(name):
        for number in range(lines):
            print(f"{name}-{number}\n", end="")

    speakers = [threading.Thread(target=speak, args=(name,)) for name in range(threads)]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()


@pyplugs.register
def spawn():
    context = multiprocessing.get_context("spawn")
    child = context.Process(target=print, args=("spawned",))
    child.start()
    child.join()
    return child.exitcode


@pyplugs.register
def interrupt_while_logging():
    def wake(_number, _frame):
        print("alarm")
        raise TimeoutError("late")

    signal.signal(signal.SIGALRM, wake)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    while True:
        print("y" * 1000)


@pyplugs.register
def print_c(text):
    libc = ctypes.CDLL(None)
    libc.puts(text.encode())


def beat():
    threading.Event().wait(600)


def say_busy():
    threading.Thread(target=beat, daemon=True).start()
    print("busy")


@pyplugs.register
def sleep_without_python():
    say_busy()
    # A signal ends C's sleep; the next one lets go of the interpreter.
    ctypes.PyDLL(None).sleep(600)
    time.sleep(600)


@pyplugs.register
def show_itself():
    """Who it is, how many files it may open, and whether others of its user may look into it."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    with open("/proc/self/oom_score_adj") as score:
        print(os.getresuid(), os.getresgid(), os.getgroups(), files, int(score.read()))
    with open("mine", "w") as mine:
        mine.write("mine")
    print(os.stat("/proc/self/environ").st_uid == os.getuid())


@pyplugs.register
def start_many():
    """Starts ten processes outside its group, five by five, and hangs."""
    for _ in range(5):
        if os.fork() == 0:
            os.setsid()
            os.fork()
            time.sleep(600)
    say_busy()
    time.sleep(600)


@pyplugs.register
def hang_in_c():
    say_busy()
    hold_interpreter_forever()


def hold_interpreter_forever():
    mutex = ctypes.create_string_buffer(128)
    c = ctypes.PyDLL(None)
    c.pthread_mutex_lock(mutex)
    c.pthread_mutex_lock(mutex)


@pyplugs.register
def ignore_term_and_hang():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say_busy()
    hold_interpreter_forever()


@pyplugs.register
def tidy_up_on_term():
    def tidy(_number, _frame):
        os.write(1, b"tidy\n")
        os._exit(7)

    signal.signal(signal.SIGTERM, tidy)
    print("busy")
    time.sleep(600)
