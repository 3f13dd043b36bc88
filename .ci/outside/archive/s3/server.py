#!/usr/bin/env python3
"""moto's S3 server on a port of its own, with keys that are checked.

It says what is being put and which bags are read. `--forgetful` makes it one that passes over `If-None-Match`, as servers do that do not know it."""

import argparse
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3 import responses
from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler, make_server

heard = {}
speaks = threading.Lock()


def say(when, key):
    """Says what is going on, and goes on when that was heard: time to kill whoever asks."""
    with speaks:
        number = str(len(heard))
        heard[number] = threading.Event()
        print(when, number, key, flush=True)
    heard[number].wait(30)


def listen(server):
    """Ends with whoever started it."""
    for number in sys.stdin:
        heard[number.strip()].set()
    server.shutdown()


class Quiet(WSGIRequestHandler):
    def log_request(self, *_, **__):
        pass


class Coming:
    """Says what is asked for before it is answered, what is coming before it has come."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environment, start):
        method, path = environment["REQUEST_METHOD"], environment["PATH_INFO"]
        if method == "PUT":
            say("upload", path)
        if method == "GET" and path.endswith(".zip"):
            say("read", path)
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
        say("begin", key)
        try:
            with one_at_a_time:
                return put(self)
        finally:
            say("end", key)

    responses.S3Response.put_object = put_object
    application = Coming(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    print(server.server_port, flush=True)
    threading.Thread(target=listen, args=(server,), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
