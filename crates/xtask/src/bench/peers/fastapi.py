"""The same answer by FastAPI: key, window, signature, nonce in memory, prepared bytes."""

import hashlib
import hmac
import json
import os
import time

from fastapi import FastAPI, Request, Response

with open(os.environ["BENCH_KEY"], "rb") as file:
    KEY = json.load(file)
with open(os.environ["BENCH_BODY"], "rb") as file:
    BODY = file.read()
ACCESS_KEY, SECRET = KEY["accessKey"], KEY["accessSecret"]
WINDOW_MS = 600_000

app = FastAPI(openapi_url=None)
nonces = set()


@app.post("/{path:path}")
async def answer(path: str, request: Request):
    await request.body()
    headers = request.headers
    timestamp, nonce = headers.get("timestamp", ""), headers.get("nonce-str", "")
    if headers.get("access-key") != ACCESS_KEY or abs(int(timestamp) - time.time() * 1000) > WINDOW_MS:
        return Response(status_code=401)
    signed = hashlib.md5((ACCESS_KEY + timestamp + nonce + SECRET).encode()).hexdigest().upper()
    if not hmac.compare_digest(signed, headers.get("signature", "")) or nonce in nonces:
        return Response(status_code=401)
    nonces.add(nonce)
    return Response(content=BODY, media_type="application/json")
