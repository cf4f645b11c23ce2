"""One Go program for all stacks and policies: built once, it listens on a port of its own for each of them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.stacks.serving import program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_GOCODE: Final = Path("/usr/share/gocode")
_NET_HTTP: Final = """
import "net/http"

func New() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/ok":
			w.Header().Set("X-Total", "1")
			w.Write([]byte("ok"))
		case "/boom":
			http.Error(w, "boom", http.StatusInternalServerError)
		case "/moved":
			http.Redirect(w, r, "/ok", http.StatusFound)
		default:
			http.NotFound(w, r)
		}
	})
	return withCORS(mux)
}
"""
_GIN: Final = """
import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

func New() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.RecoveryWithWriter(io.Discard))
	useCORS(router)
	router.Any("/ok", func(c *gin.Context) {
		c.Header("X-Total", "1")
		c.String(http.StatusOK, "ok")
	})
	router.GET("/boom", func(c *gin.Context) { panic("boom") })
	router.GET("/moved", func(c *gin.Context) { c.Redirect(http.StatusFound, "/ok") })
	return router
}
"""
_ECHO: Final = """
import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

func New() http.Handler {
	e := echo.New()
	e.Logger.SetOutput(io.Discard)
	useCORS(e)
	e.Any("/ok", func(c echo.Context) error {
		c.Response().Header().Set("X-Total", "1")
		return c.String(http.StatusOK, "ok")
	})
	e.GET("/boom", func(c echo.Context) error { return errors.New("boom") })
	e.GET("/moved", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/ok") })
	return e
}
"""
_APPLICATIONS: Final[Mapping[str, str]] = {"go": _NET_HTTP, "chi": _NET_HTTP, "gin": _GIN, "echo": _ECHO}
PACKAGES: Final[Mapping[str, str]] = {
    "go": "rs/cors",
    "chi": "go-chi/cors",
    "gin": "gin-contrib/cors",
    "echo": "labstack/echo",
}


def installed(stack: str) -> bool:
    """Tell whether Debian's package of the library is there."""
    return (_GOCODE / "src/github.com" / PACKAGES[stack]).is_dir()


@contextlib.contextmanager
def serving(texts: Mapping[str, str], folder: Path) -> Iterator[Mapping[str, str]]:
    """Build and start the program.

    Args:
        texts: the rendered file of each, under ``stack_policy``.
        folder: empty, for everything that is built.

    Yields:
        the address of each.
    """
    go = program("go", "golang-go")
    sources = folder / "src/probe"
    for name, text in texts.items():
        own = sources / name
        own.mkdir(parents=True)
        # The file is the rendered one but for the name of its package: there are many in one program here.
        (own / "cors.go").write_text(text.replace("package main\n", f"package {name}\n", 1))
        (own / "app.go").write_text(f"package {name}\n{_APPLICATIONS[name.partition('_')[0]]}")
    # Without it the import of echo/v4 means a folder of that name, which there is not.
    (sources / "go.mod").write_text("module probe\n")
    (sources / "main.go").write_text(_main(list(texts)))
    env = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": f"{folder}:{_GOCODE}",
        "GOCACHE": str(folder / "cache"),
        "GOFLAGS": "",
    }
    built = folder / "probe"
    done = subprocess.run(
        [go, "build", "-o", str(built), "probe"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with subprocess.Popen([str(built)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()  # the program ends with it
            process.wait(30)


def _main(names: list[str]) -> str:
    imports = "\n".join(f'\t"probe/{name}"' for name in names)
    handlers = "\n".join(f'\t\t"{name}": {name}.New(),' for name in names)
    return f"""package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"

{imports}
)

func main() {{
	handlers := map[string]http.Handler{{
{handlers}
	}}
	urls := map[string]string{{}}
	for name, handler := range handlers {{
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {{
			panic(err)
		}}
		urls[name] = "http://" + listener.Addr().String()
		go http.Serve(listener, handler)
	}}
	json.NewEncoder(os.Stdout).Encode(urls)
	io.Copy(io.Discard, os.Stdin)
}}
"""
