"""efm-langserver with editors/efm: where its diagnostics begin, which it sends in UTF-16."""

import json
import os
import pathlib
import subprocess

post = pathlib.Path(os.environ["FILE"]).resolve()
text = post.read_text("utf-8")
server = subprocess.Popen(
    ["efm-langserver", "-c", os.environ["SNIPPET"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
)


def send(method, params, **more):
    body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
    server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    server.stdin.flush()


def receive():
    length = 0
    while (line := server.stdout.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    return json.loads(server.stdout.read(length))


root = pathlib.Path.cwd().as_uri()
send("initialize", {"rootUri": root, "capabilities": {}, "processId": None}, id=1)
while receive().get("id") != 1:
    pass
send("initialized", {})
document = {"uri": post.as_uri(), "languageId": "markdown", "version": 1, "text": text}
send("textDocument/didOpen", {"textDocument": document})
while (message := receive()).get("method") != "textDocument/publishDiagnostics" or not message["params"]["diagnostics"]:
    pass
server.kill()
rows = []
for found in message["params"]["diagnostics"]:
    if "rel-unknown-token" in found["message"]:
        start = found["range"]["start"]
        units = text.split("\n")[start["line"]].encode("utf-16-le")[2 * start["character"] :]
        rows.append(f"{start['line'] + 1}\t{units.decode('utf-16-le', 'replace')}\n")
pathlib.Path(os.environ["ROWS"]).write_text("".join(rows), "utf-8")
