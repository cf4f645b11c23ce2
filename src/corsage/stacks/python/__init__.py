"""Stacks: Python's frameworks and servers."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.python.aiohttp import Aiohttp
from corsage.stacks.python.corsage import Corsage
from corsage.stacks.python.django import Django
from corsage.stacks.python.falcon import Falcon
from corsage.stacks.python.fastapi import FastAPI
from corsage.stacks.python.flask import Flask
from corsage.stacks.python.jupyter import Jupyter
from corsage.stacks.python.litestar import Litestar
from corsage.stacks.python.quart import Quart
from corsage.stacks.python.sanic import Sanic
from corsage.stacks.python.socketio import SocketIO
from corsage.stacks.python.starlette import Starlette
from corsage.stacks.python.tornado import Tornado

STACKS: Final[tuple[Stack, ...]] = (
    FastAPI(),
    Starlette(),
    Flask(),
    Django(),
    Aiohttp(),
    Litestar(),
    Quart(),
    Sanic(),
    Falcon(),
    Tornado(),
    Jupyter(),
    SocketIO(),
    Corsage(),
)
