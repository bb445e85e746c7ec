#!/usr/bin/env python3
"""One strongly signed call of Sampan: HTTP Message Signatures (RFC 9421), with nothing but the standard library.

    python3 strong_call.py KEY-FILE METHOD PATH[?QUERY] [JSON]

KEY-FILE is JSON with baseUrl, accessKey, accessSecret and perhaps userId, as `sampan serve` and
`sampan developer create --out` write it. Prints the answer; exit code 0 for code 200, else 1.
"""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import sys
import time
import urllib.parse


def signed_headers(key, method, path, query, body, created=None, nonce=None):
    """The headers that make a request of these parts a strong one."""
    headers, lines = {}, []
    lines.append(("@method", method))
    lines.append(("@path", path))
    if query:
        lines.append(("@query", "?" + query))
    if key.get("userId"):
        headers["user-id"] = key["userId"]
        lines.append(("user-id", key["userId"]))
    if body:
        digest = base64.b64encode(hashlib.sha256(body).digest()).decode()
        headers["content-digest"] = f"sha-256=:{digest}:"
        lines.append(("content-digest", headers["content-digest"]))
    covered = " ".join(f'"{name}"' for name, _ in lines)
    parameters = (
        f"({covered});created={created or int(time.time())}"
        f';nonce="{nonce or secrets.token_hex(16)}";keyid="{key["accessKey"]}";alg="hmac-sha256"'
    )
    base = "".join(f'"{name}": {value}\n' for name, value in lines) + f'"@signature-params": {parameters}'
    mac = hmac.new(key["accessSecret"].encode(), base.encode(), hashlib.sha256).digest()
    headers["signature-input"] = "sampan=" + parameters
    headers["signature"] = f"sampan=:{base64.b64encode(mac).decode()}:"
    return headers


def call(key, method, target, text=""):
    """Status and envelope of one call."""
    url = urllib.parse.urlsplit(key["baseUrl"].rstrip("/") + target)
    body = text.encode()
    headers = signed_headers(key, method, url.path, url.query, body)
    if body:
        headers["content-type"] = "application/json"
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname, url.port, timeout=30)
    connection.request(method, url.path + ("?" + url.query if url.query else ""), body or None, headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        status, envelope = call(json.load(file), *sys.argv[2:])
    print(json.dumps(envelope, ensure_ascii=False))
    sys.exit(0 if envelope["code"] == 200 else 1)
