#!/usr/bin/env python3
"""moto's S3 server on a port of its own, with keys that are checked.

`--forgetful` makes it one that passes over `If-None-Match`, as servers do that do not know it."""

import argparse
import sys
import threading

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3 import responses
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_request(self, *_, **__):
        pass


class Forgetful:
    """Takes the condition out of what is asked."""

    def __init__(self, application):
        self.application = application

    def __call__(self, environment, start):
        environment.pop("HTTP_IF_NONE_MATCH", None)
        return self.application(environment, start)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--forgetful", action="store_true")
    arguments = parser.parse_args()
    # moto looks whether something is there and puts it in two steps; a server does both in one.
    one_at_a_time, put = threading.Lock(), responses.S3Response.put_object

    def put_object(self):
        with one_at_a_time:
            return put(self)

    responses.S3Response.put_object = put_object
    application = DomainDispatcherApplication(create_backend_app)
    if arguments.forgetful:
        application = Forgetful(application)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=Quiet)
    print(server.server_port, flush=True)
    # Ends with whoever started it.
    threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
