"""Reads a stream by a public client of server-sent events, and prints each event as a JSON line."""

import json
import sys

import httpx
from httpx_sse import connect_sse

address, key = sys.argv[1:]
with httpx.Client(timeout=30, headers={"Authorization": f"Bearer {key}"}) as client:
    with connect_sse(client, "GET", address) as source:
        for event in source.iter_sse():
            print(json.dumps({"event": event.event, "data": event.data, "id": event.id}))
