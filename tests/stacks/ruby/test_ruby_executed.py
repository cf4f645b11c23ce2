"""rack-cors with the rendered text, in Rails and in Sinatra, on Puma."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
from tests.stacks.matrix import POLICIES, complaints
from tests.stacks.more_policies import MORE_POLICIES
from tests.stacks.serving import program, running

from corsage.clients.live import LiveTransport
from corsage.model import HeaderList, WireKind, WireRequest, WireResponse, parse_url
from corsage.model.evidence import Answer
from corsage.server import Policy
from corsage.stacks import all_stacks, find_stack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

QUIRKS: Final = frozenset({"preflight-status", "no-vary-on-preflight", "content-type-too"})
# Where the policy leaves Max-Age to browsers, the library is told what they take: it cannot leave it out.
AGED: Final = QUIRKS | {"max-age"}
# Where nobody is allowed rack-cors does nothing at all: preflights of paths that there are not are no exception.
RAILS: Final = """
require 'action_controller/railtie'
require 'rack/cors'

class Sample < Rails::Application
  config.root = __dir__
  config.eager_load = false
  config.secret_key_base = 'x' * 32
  config.hosts.clear
  config.logger = Logger.new(nil)
end

class SampleController < ActionController::API
  def ok
    response.headers['X-Total'] = '1'
    render plain: 'ok'
  end

  def boom
    raise 'boom'
  end
end

Rails.application.initialize!
Rails.application.routes.draw do
  match '/ok', to: 'sample#ok', via: %i[get post put patch delete]
  get '/boom', to: 'sample#boom'
  get '/moved', to: redirect('/ok', status: 302)
end

run Rails.application
"""
SINATRA: Final = """
require 'sinatra/base'

class Sample < Sinatra::Base
  set :environment, :production
  set :raise_errors, false
  set :show_exceptions, false
  set :dump_errors, false
  set :protection, false
  %w[get post put patch delete].each do |method|
    send(method, '/ok') do
      headers 'X-Total' => '1'
      'ok'
    end
  end
  get('/boom') { raise 'boom' }
  get('/moved') { redirect '/ok', 302 }
end

run Sample
"""
RUN: Final = [("rails", name) for name in POLICIES] + [("rack", name) for name in (*POLICIES, *MORE_POLICIES)]
GEMS: Final[Mapping[str, str]] = {"rails": "action_controller/railtie", "rack": "sinatra/base"}


@cache
def needs(stack: str) -> None:
    for gem in (GEMS[stack], "rack/cors"):
        done = subprocess.run([program("ruby"), "-r", gem, "-e", ""], capture_output=True, check=False)
        if done.returncode:
            pytest.skip(f"{gem} is not installed (Debian: ruby-{gem.partition('/')[0].replace('_', '-')})")


def command(stack: str, policy: Policy, folder: Path, port: int) -> list[str]:
    found = find_stack(stack)
    assert found is not None
    (file,) = found.render(policy).files
    path = folder / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(file.text)
    if stack == "rails":
        (folder / "config.ru").write_text(RAILS)
    else:
        path.write_text(f"{file.text}\n{SINATRA}")
    return [
        program("puma"),
        "-q",
        "-e",
        "production",
        "-t",
        "2:2",
        "-b",
        f"tcp://127.0.0.1:{port}",
        "config.ru",
    ]


@pytest.mark.parametrize(("stack", "name"), RUN)
def test_it_does_what_the_policy_says(stack: str, name: str, tmp_path: Path) -> None:
    needs(stack)
    policy = {**POLICIES, **MORE_POLICIES}[name]
    with running(lambda port: command(stack, policy, tmp_path, port), cwd=tmp_path) as url:
        found = complaints(url, policy, quirks=QUIRKS if policy.max_age else AGED)
    assert found == []


HOSTILE: Final = Policy(
    origins=["https://a.example"],
    origin_regexes=[
        "https://#`touch pwned`\\.example",
        "https://[a-z/#]+\\.b\\.example",
        "https://'\\\\.c",
    ],
    methods=["M-SEARCH", "X'Y"],
    request_headers=["x-#$1", "x'y"],
    exposed_headers=["z'#$"],
)


def ask(url: str, method: str, *headers: tuple[str, str]) -> WireResponse:
    parsed = parse_url(url)
    assert parsed is not None
    with LiveTransport() as transport:
        answer = transport(WireRequest(WireKind.PREFLIGHT, method, parsed, HeaderList(headers)))
    assert isinstance(answer, WireResponse)
    return answer


def test_what_was_written_stays_text(tmp_path: Path) -> None:
    needs("rack")
    with running(lambda port: command("rack", HOSTILE, tmp_path, port), cwd=tmp_path) as url:
        answer = ask(
            f"{url}/ok", "OPTIONS", ("Origin", "https://a.example"), ("Access-Control-Request-Method", "X'Y")
        )
    assert answer.headers.get("access-control-allow-origin") == "https://a.example"
    assert "X'Y" in (answer.headers.get("access-control-allow-methods") or "")
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("stack", GEMS)
def test_its_answers_are_recognised(stack: str, tmp_path: Path) -> None:
    needs(stack)
    with running(lambda port: command(stack, POLICIES["public"], tmp_path, port), cwd=tmp_path) as url:
        answer = ask(f"{url}/missing", "GET")
    seen = Answer(answer.status, answer.headers, body=(answer.body or b"").decode())
    signs = {each.name: [sign.sure for sign in each.signs(seen)] for each in all_stacks()}
    best = max(signs, key=lambda name: max(signs[name], default=0))
    assert best == stack, signs
