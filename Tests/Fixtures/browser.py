#!/usr/bin/env python3
"""Looks at a page in headless Chromium, by its own protocol over a pipe; needs no package.

    browser.py PAGE [--shots FOLDER] STEP...

A STEP is one of
    js:EXPRESSION     prints its value as JSON
    key:NAME          presses a key, such as Tab, Enter or ArrowDown
    size:WxH          the window
    media:dark|light|print
    shot:NAME         a picture of the whole page, if --shots is given
    tree:ROLE         prints how many nodes of that role the accessibility tree holds
    pdf:              prints how many pages the page makes on paper
The first line printed is the milliseconds from the start of loading to the page's being ready. The
exit status is 1 if the page logs an error, breaks its own policy or asks for anything elsewhere.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowDown": 40, "End": 35, "Home": 36, " ": 32}


class Browser:
    def __init__(self):
        self.folder = tempfile.mkdtemp()
        to_read, self.to = os.pipe()
        self.source, from_write = os.pipe()
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                   "--remote-debugging-pipe", f"--user-data-dir={self.folder}", "about:blank"]

        def pipes():
            high = [os.dup2(to_read, 100), os.dup2(from_write, 101)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        self.process = subprocess.Popen(command, preexec_fn=pipes, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(from_write)
        self.number, self.rest, self.events, self.session = 0, b"", [], None
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def receive(self):
        while b"\0" not in self.rest:
            part = os.read(self.source, 1 << 20)
            if not part:
                raise RuntimeError("the browser ended")
            self.rest += part
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True,
                           awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def load(self, path):
        if not path.endswith(".html"):
            # The name's ending tells the browser what it is.
            path = shutil.copy(path, f"{self.folder}/page.html")
        start = time.monotonic()
        self.call("Page.navigate", url=f"file://{os.path.abspath(path)}")
        while not self.value("document.readyState === 'complete'"):
            time.sleep(0.01)
        self.value("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return (time.monotonic() - start) * 1000

    def close(self):
        try:
            self.call("Browser.close")
        except RuntimeError:
            pass
        self.process.wait(timeout=20)
        shutil.rmtree(self.folder, ignore_errors=True)


def step(browser, word, shots):
    kind, _, rest = word.partition(":")
    if kind == "js":
        print(json.dumps(browser.value(rest), ensure_ascii=False))
    elif kind == "key":
        for event in ("keyDown", "keyUp"):
            text = {"Enter": "\r"}.get(rest, rest if len(rest) == 1 else "")
            browser.call("Input.dispatchKeyEvent", type=event, key=rest, code=rest,
                         windowsVirtualKeyCode=KEYS.get(rest, 0),
                         text=text if event == "keyDown" else "")
        browser.value("new Promise(done => setTimeout(done, 60))")
    elif kind == "size":
        width, height = map(int, rest.split("x"))
        browser.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                     deviceScaleFactor=1, mobile=False)
        browser.value("new Promise(done => setTimeout(done, 100))")
    elif kind == "media":
        features = [{"name": "prefers-color-scheme", "value": "dark" if rest == "dark" else "light"}]
        browser.call("Emulation.setEmulatedMedia", media="print" if rest == "print" else "",
                     features=features)
    elif kind == "shot" and shots:
        picture = browser.call("Page.captureScreenshot", captureBeyondViewport=True)
        with open(f"{shots}/{rest}.png", "wb") as file:
            file.write(base64.b64decode(picture["data"]))
    elif kind == "tree":
        nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
        print(sum(node.get("role", {}).get("value") == rest for node in nodes))
    elif kind == "pdf":
        paper = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
        if shots:
            with open(f"{shots}/paper.pdf", "wb") as file:
                file.write(paper)
        print(len(re.findall(rb"/Type\s*/Page\b", paper)))


def main():
    words = sys.argv[1:]
    page, shots = words.pop(0), None
    if words and words[0] == "--shots":
        shots = words[1]
        words = words[2:]
    browser = Browser()
    faults = []
    try:
        print(round(browser.load(page)))
        for word in words:
            step(browser, word, shots)
        for event in browser.events:
            parameters = event.get("params", {})
            if event["method"] == "Runtime.exceptionThrown":
                faults.append(parameters["exceptionDetails"].get("exception", parameters))
            if event["method"] == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                faults.append(parameters["entry"]["text"])
            if event["method"] == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(("file:", "about:")):
                    faults.append(f"asked for {url}")
    finally:
        browser.close()
    for fault in faults:
        print(f"fault: {fault}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
