"""Drives every method of the public Python SDK against a server.

Arguments: the name of the client class, the server's address, its key.
The first thing that is not as the reference says ends it with a traceback.
"""

import asyncio
import inspect
import json
import sys
from datetime import datetime, timedelta, timezone

import handinger

sys.stderr = sys.stdout
kind, address, key = sys.argv[1:]
checks = 0


def check(truth, *shown):
    global checks
    checks += 1
    assert truth, str(shown)[:2000]


async def done(value):
    """What a method of either client gives."""
    return await value if inspect.isawaitable(value) else value


async def items(stream):
    """What a stream of either client gives, to its end."""
    if hasattr(stream, "__aiter__"):
        return [item async for item in stream]
    return list(stream)


def client(strict=True, key=key):
    return getattr(handinger, kind)(
        api_key=key, base_url=address, max_retries=0, timeout=30, _strict_response_validation=strict
    )


strict, lenient = client(), client(strict=False)
workers, schedules = strict.workers, strict.workers.schedules


async def fails(error, status, words, call):
    """The call is refused in this way, with a sentence that reads well."""
    try:
        await done(call())
    except error as refusal:
        body = refusal.body
        check(type(refusal) is error and refusal.status_code == status, refusal)
        check(set(body) == {"error", "message", "code"} and body["error"] == body["message"], body)
        check(words in body["error"] and body["error"] in str(refusal), refusal)
        check(body["code"].replace("_", "").isalpha() and body["code"].islower(), body)
    else:
        check(False, "no refusal", error, words)


def chunks(text):
    """The data of a stream that the SDK gives as one text."""
    return [json.loads(line[6:]) for line in text.split("\n") if line.startswith("data: ")]


def well_formed(stream):
    check(all(type(item) is dict and type(item["type"]) is str for item in stream), stream)
    check(stream[0]["type"] == "start" and stream[-1]["type"] == "finish", stream[0], stream[-1])


async def finished(worker):
    """The worker after its stream has ended."""
    well_formed(await items(await done(lenient.workers.stream_updates(worker.id))))
    worker = await done(workers.retrieve(worker.id))
    check(worker.status == "completed" and not worker.running, worker)
    return worker


async def runs():
    for budget in ["low", "standard", "high", "unlimited"]:
        worker = await done(workers.create(input="Say hello.", budget=budget))
        check(worker.object == "worker" and worker.id and worker.status in ("pending", "running"), worker)
        check(worker.error is None and worker.incomplete_details is None, worker)
    worker = await finished(await done(workers.create(input="Compare tea and coffee.")))
    check(worker.output_text and worker.output[0].content[0].type == "output_text", worker)
    check(worker.usage.total_tokens > 0 and worker.costs.internal_cost_usd >= 0, worker)
    check(abs(worker.created_at - datetime.now(timezone.utc).timestamp()) < 600, worker.created_at)
    check([message["role"] for message in worker.messages] == ["user", "assistant"], worker.messages)
    again = await done(workers.continue_(worker.id, input="And cocoa?", budget="low"))
    check(again.id == worker.id and again.created_at == worker.created_at, again)
    again = await finished(again)
    check([message["role"] for message in again.messages] == ["user", "assistant"] * 2, again.messages)
    check(again.output_text != worker.output_text and again.usage.steps > worker.usage.steps, again)
    plain = await done(workers.retrieve(worker.id, stream=False))
    check(plain.output_text == again.output_text, plain)
    return again


async def streams(worker):
    """A stream in place of a worker comes as one text."""
    text = await done(lenient.workers.create(input="Say hello.", stream=True))
    well_formed(chunks(text))
    replay = await done(lenient.workers.retrieve(worker.id, stream=True))
    well_formed(chunks(replay))
    check(chunks(replay) == await items(await done(lenient.workers.stream_updates(worker.id))))
    more = chunks(await done(lenient.workers.continue_(worker.id, input="And milk?", stream=True)))
    well_formed(more)
    check(more[-1] == chunks(await done(lenient.workers.retrieve(worker.id, stream=True)))[-1])


async def files():
    worker = await done(workers.create(input="Write scratchpad/plan.md and data/blob.bin", budget="high"))
    worker = await finished(worker)
    found = {file.url.split("/files/")[1]: file for file in worker.files}
    check(set(found) >= {"scratchpad/plan.md", "data/blob.bin"}, worker.files)
    check(all(file.url.startswith(address) for file in worker.files), worker.files)
    check(found["scratchpad/plan.md"].media_type.startswith("text/markdown"), worker.files)
    # The SDK asks for "scratchpad%2Fplan.md".
    plan = await done(workers.retrieve_file("scratchpad/plan.md", worker_id=worker.id))
    check((await done(plan.read())).decode("utf-8").strip(), plan)
    blob = await done(workers.retrieve_file("data/blob.bin", worker_id=worker.id))
    check(await done(blob.read()) == bytes(range(256)), blob)
    raw = await done(workers.with_raw_response.retrieve_file("data/blob.bin", worker_id=worker.id))
    check(raw.headers["content-length"] == "256", raw.headers)
    for path in ["no/such.md", "../../etc/passwd", "scratchpad/../scratchpad/plan.md"]:
        await fails(
            handinger.NotFoundError, 404, "no file",
            lambda: workers.retrieve_file(path, worker_id=worker.id))
    address_of = await done(workers.retrieve_email(worker.id))
    check("@" in address_of and '"' not in address_of and not address_of.endswith("\n"), address_of)


async def plans(worker):
    now = datetime.now(timezone.utc).replace(microsecond=0)
    tomorrow = now + timedelta(days=1)
    east = timezone(timedelta(hours=5, minutes=30))
    wanted = [
        ({"type": "scheduled", "date": tomorrow}, tomorrow),
        ({"type": "scheduled", "date": tomorrow.astimezone(east)}, tomorrow),
        ({"type": "scheduled", "date": tomorrow.replace(tzinfo=None)}, tomorrow),
        ({"type": "scheduled", "date": tomorrow.isoformat()}, tomorrow),
        ({"type": "delayed", "delay_in_seconds": 3600}, now + timedelta(hours=1)),
        ({"type": "cron", "cron": "0 12 * * *"}, None),
        ({"type": "interval", "interval_seconds": 1800}, now + timedelta(minutes=30)),
    ]
    made = []
    for when, moment in wanted:
        plan = await done(schedules.create(worker.id, input="Look again.", when=when, budget="high"))
        check(plan.type == when["type"] and plan.input == "Look again." and plan.budget == "high", plan)
        check(plan.next_run_at.utcoffset() is not None and plan.next_run_at > now, plan)
        check(moment is None or abs(plan.next_run_at - moment) < timedelta(seconds=60), plan, moment)
        made.append(plan)
    check(made[4].delay_in_seconds == 3600 and made[6].interval_seconds == 1800, made)
    noon = made[5].next_run_at.astimezone(timezone.utc)
    check(made[5].cron == "0 12 * * *" and (noon.hour, noon.minute) == (12, 0), noon)
    listed = await done(schedules.list(worker.id))
    check(listed.worker_id == worker.id, listed)
    check(sorted(plan.id for plan in listed.schedules) == sorted(plan.id for plan in made), listed)
    for plan in made:
        check((await done(schedules.cancel(plan.id, worker_id=worker.id))).cancelled is True, plan)
        await fails(
            handinger.NotFoundError, 404, plan.id,
            lambda: schedules.cancel(plan.id, worker_id=worker.id))
    check((await done(schedules.list(worker.id))).schedules == [])


async def refusals(worker):
    nobody = "t_org_0_w_nobody"
    date = datetime.now(timezone.utc) + timedelta(days=1)
    for call in [
        lambda: workers.retrieve(nobody),
        lambda: workers.continue_(nobody, input="x"),
        lambda: workers.stream_updates(nobody),
        lambda: workers.retrieve_email(nobody),
        lambda: workers.retrieve_file("a.md", worker_id=nobody),
        lambda: schedules.list(nobody),
        lambda: schedules.create(nobody, input="x", when={"type": "scheduled", "date": date}),
        lambda: schedules.cancel("sch_0", worker_id=nobody),
    ]:
        await fails(handinger.NotFoundError, 404, nobody, call)
    stranger = client(key="wrong").workers
    for call in [lambda: stranger.create(input="x"), lambda: stranger.stream_updates(worker.id)]:
        await fails(handinger.AuthenticationError, 401, "key", call)
    bad = handinger.BadRequestError
    await fails(bad, 400, "input", lambda: workers.create(input=""))
    await fails(bad, 400, "input", lambda: workers.create(input=" \n"))
    await fails(bad, 400, "input", lambda: workers.create(input=None))
    await fails(bad, 400, "budget", lambda: workers.create(input="x", budget="huge"))
    await fails(bad, 400, "stream", lambda: workers.create(input="x", stream="yes"))
    await fails(bad, 400, "input", lambda: workers.continue_(worker.id, input=""))
    past = date - timedelta(days=2)
    for when, words in [
        ({"type": "cron", "cron": "61 * * * *"}, "cron"),
        ({"type": "cron", "cron": "* * *"}, "cron"),
        ({"type": "scheduled", "date": past}, "future"),
        ({"type": "scheduled", "date": "soon"}, "date"),
        ({"type": "delayed", "delay_in_seconds": -1}, "delayInSeconds"),
        ({"type": "interval", "interval_seconds": 0}, "intervalSeconds"),
        ({"type": "weekly"}, "when"),
    ]:
        await fails(bad, 400, words, lambda: schedules.create(worker.id, input="x", when=when))
    # An hour of work, which is still under way at the next call.
    busy = await done(workers.create(input="marathon", budget="unlimited"))
    await fails(
        handinger.ConflictError, 409, "running", lambda: workers.continue_(busy.id, input="More."))
    check((await done(workers.retrieve(busy.id))).running)


async def budget():
    """A run that reaches its ceiling says so; the SDK's types have no place for it."""
    worker = await done(lenient.workers.create(input="research", budget="low"))
    stream = await items(await done(lenient.workers.stream_updates(worker.id)))
    check(stream[-1]["finishReason"] == "length", stream[-1])
    worker = await done(lenient.workers.retrieve(worker.id))
    check(worker.incomplete_details["reason"] == "budget", worker)


async def main():
    worker = await runs()
    await streams(worker)
    await files()
    await plans(worker)
    await refusals(worker)
    await budget()
    for each in [strict, lenient]:
        await done(each.close())
    print(f"{kind}: {checks} checks passed")


asyncio.run(main())
