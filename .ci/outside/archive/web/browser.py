"""A Chromium without a window, spoken to over its own protocol, which old ones understand too."""

import base64
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

import websocket

# As root, and without a word to anybody on the network.
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--hide-scrollbars", "--remote-debugging-port=0", "--remote-allow-origins=*", "--lang=zh-CN",
         # There is no network here: a request that goes out anyway fails at once and is seen.
         "--host-resolver-rules=MAP * ~NOTFOUND"]


class Browser:
    """A browser with one page; everything it says and asks for is kept."""

    def __init__(self, binary, width=1280, height=900):
        self.profile = pathlib.Path(tempfile.mkdtemp(prefix="hongtou-browser-"))
        self.log = (self.profile / "log").open("wb")
        self.process = subprocess.Popen(
            [str(binary), *FLAGS, f"--user-data-dir={self.profile / 'profile'}", "about:blank"],
            stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL)
        try:
            port, _ = self._wait_for_port()
            self.socket = websocket.create_connection(self._page(port), timeout=120)
        except BaseException:
            self.close()
            raise
        self.number = 0
        self.requests, self.complaints = [], []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.resize(width, height)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if getattr(self, "socket", None):
            self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _wait_for_port(self):
        # Newer ones write a file, older ones say it only.
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            for line in (self.profile / "log").read_text(errors="replace").splitlines():
                if "DevTools listening on ws://" in line:
                    address = line.split("ws://", 1)[1]
                    return address.split("/", 1)[0], address
            time.sleep(0.05)
        raise RuntimeError("browser did not start:\n" + (self.profile / "log").read_text(errors="replace"))

    @staticmethod
    def _page(port):
        import urllib.request
        for _ in range(100):
            with urllib.request.urlopen(f"http://{port}/json/list") as answer:
                for target in json.load(answer):
                    if target["type"] == "page":
                        return target["webSocketDebuggerUrl"]
            time.sleep(0.05)
        raise RuntimeError("browser has no page")

    def call(self, method, **parameters):
        self.number += 1
        number = self.number
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self._heard(message)

    def _heard(self, message):
        what, said = message.get("method"), message.get("params", {})
        if what == "Network.requestWillBeSent":
            self.requests.append(said["request"]["url"])
        elif what == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(said["exceptionDetails"], ensure_ascii=False)[:600])
        elif what == "Runtime.consoleAPICalled":
            self.complaints.append(json.dumps(said["args"], ensure_ascii=False)[:600])
        elif what == "Log.entryAdded" and said["entry"]["level"] in ("error", "warning"):
            self.complaints.append(said["entry"]["text"] + " " + said["entry"].get("url", ""))

    def resize(self, width, height):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def run(self, script):
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{script}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, condition, seconds=60):
        """Waits until an expression is true; how many seconds that took."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            if self.run(f"Boolean({condition})"):
                return time.monotonic() - begin
            time.sleep(0.01)
        raise RuntimeError(f"never true: {condition}; page says: {self.run('document.body.innerText')[:500]}")

    def open(self, address):
        self.call("Page.navigate", url=address)
        self.wait(f"document.readyState === 'complete' && location.href !== 'about:blank'")

    def type(self, text):
        self.call("Input.insertText", text=text)

    def key(self, key, code, number):
        for kind in ("keyDown", "keyUp"):
            typed = {"text": key} if kind == "keyDown" and len(key) == 1 else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=code,
                      windowsVirtualKeyCode=number, **typed)

    def picture(self, path, whole=False):
        more = {}
        if whole:
            size = self.call("Page.getLayoutMetrics")
            size = size.get("cssContentSize") or size["contentSize"]
            more = {"captureBeyondViewport": True,
                    "clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}
        data = self.call("Page.captureScreenshot", format="png", **more)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))

    def print(self, path):
        data = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))

    def shot(self):
        """What is seen now."""
        return self.call("Page.captureScreenshot", format="png")["data"]

    def settle(self, seconds=20):
        """Waits until what is seen does not change any more."""
        before, begin = None, time.monotonic()
        while time.monotonic() - begin < seconds:
            time.sleep(0.4)
            now = self.shot()
            if now == before:
                return
            before = now
