"""A worker's stream made by pydantic-ai's Vercel AI adapter, with a model that is a function."""

import json
import socket
import sys

import uvicorn
from pydantic_ai import Agent, ModelRetry
from pydantic_ai.messages import ModelRequest, ModelResponse
from pydantic_ai.models.function import AgentInfo, DeltaThinkingPart, DeltaToolCall, FunctionModel
from pydantic_ai.ui.vercel_ai import VercelAIAdapter
from pydantic_ai.ui.vercel_ai.request_types import SubmitMessage, TextUIPart, UIMessage
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, StreamingResponse
from starlette.routing import Route

TEXT = ["Grüße, ", "Welt! ", "😀 ", "# no heading\n\n", "| a | b |\n", "\\ \" \u2028 end"]


async def model(messages: list[ModelRequest | ModelResponse], info: AgentInfo):
    """Thinks, calls a tool twice (once in vain), answers."""
    steps = sum(isinstance(message, ModelResponse) for message in messages)
    if steps == 0:
        for piece in ["The weather ", "is asked ", "for."]:
            yield {0: DeltaThinkingPart(content=piece)}
        yield "Let me look."
        yield {2: DeltaToolCall(name="weather", tool_call_id="call_1")}
        for piece in ['{"city"', ': "Münc', 'hen", "days"', ": 3}"]:
            yield {2: DeltaToolCall(json_args=piece)}
    elif steps == 1:
        yield {0: DeltaToolCall(name="weather", json_args='{"city": "Atlantis", "days": 1}', tool_call_id="call_2")}
    else:
        for piece in TEXT:
            yield piece


async def broken(messages, info):
    yield "All is well"
    raise RuntimeError("the model fell over")


agent = Agent(FunctionModel(stream_function=model))


@agent.tool_plain(retries=2)
def weather(city: str, days: int) -> dict:
    if city == "Atlantis":
        raise ModelRetry("there is no such city")
    return {"city": city, "celsius": [21.5, 19, -3], "note": "trüb\nund naß"}


AGENTS = {"whole": agent, "broken": Agent(FunctionModel(stream_function=broken))}


async def stream(request: Request) -> StreamingResponse:
    run = SubmitMessage(
        trigger="submit-message",
        id="chat",
        messages=[UIMessage(id="m1", role="user", parts=[TextUIPart(type="text", text="How is the weather?")])],
    )
    adapter = VercelAIAdapter(agent=AGENTS[request.path_params["id"]], run_input=run, accept="text/event-stream")
    return adapter.streaming_response(adapter.run_stream())


async def worker(request: Request) -> JSONResponse:
    return JSONResponse({"id": request.path_params["id"], "object": "worker", "status": "completed", "running": False,
        "created_at": None, "error": None, "incomplete_details": None, "files": [], "sources": [], "messages": [],
        "metadata": {}, "output": [], "output_text": ""})


app = Starlette(routes=[Route("/api/workers/{id}/stream", stream), Route("/api/workers/{id}", worker)])

if __name__ == "__main__":
    sys.stderr = sys.stdout
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    print(f"listening on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])
