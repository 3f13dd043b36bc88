#!/usr/bin/env python3
"""moto's S3 server on a port of its own, with keys that are checked.

It says what is being put. `--forgetful` makes it one that passes over `If-None-Match`, as servers do that do not know it."""

import argparse
import sys
import threading
import time

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3 import responses
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler, make_server

PAUSE = 0.02


class Quiet(WSGIRequestHandler):
    def log_request(self, *_, **__):
        pass


class Upload:
    """Says what is coming before it has come."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environment, start):
        if environment["REQUEST_METHOD"] == "PUT":
            print("upload", environment["PATH_INFO"], flush=True)
            time.sleep(PAUSE)
        return self.application(environment, start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--forgetful", action="store_true")
    arguments = parser.parse_args()
    # moto looks whether something is there and puts it in two steps; a server does both in one.
    one_at_a_time, put = threading.Lock(), responses.S3Response.put_object

    def put_object(self):
        if arguments.forgetful:
            self.headers = Headers([one for one in self.headers.items() if one[0].lower() != "if-none-match"])
        key = self.parse_key_name()
        # Time to kill whoever asks: before it is done, and before the answer is there.
        print("begin", key, flush=True)
        time.sleep(PAUSE)
        try:
            with one_at_a_time:
                return put(self)
        finally:
            print("end", key, flush=True)
            time.sleep(PAUSE)

    responses.S3Response.put_object = put_object
    application = Upload(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    print(server.server_port, flush=True)
    # Ends with whoever started it.
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
