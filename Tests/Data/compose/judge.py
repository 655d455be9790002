"""The real docker-compose, for many projects in one process: its modules are imported once, and each request runs its main program in a child.

A request is a line of JSON, {"directory": ..., "arguments": [...], "environment": {...}}; so is the answer, {"status": ..., "output": ...,
"error": ...}.
"""
import json
import os
import sys
import tempfile

from compose.cli import main


def run(request, output, error):
    os.chdir(request["directory"])
    os.environ.clear()
    os.environ.update(request["environment"])
    os.dup2(output.fileno(), 1)
    os.dup2(error.fileno(), 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    sys.argv = ["docker-compose"] + request["arguments"]
    try:
        main.main()
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as failure:
        sys.stderr.write(repr(failure))
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def text(file):
    file.seek(0)
    return file.read().decode("utf-8")


for line in sys.stdin:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as error:
        child = os.fork()
        if child == 0:
            os._exit(run(json.loads(line), output, error))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(json.dumps({"status": status, "output": text(output), "error": text(error)}), flush=True)
