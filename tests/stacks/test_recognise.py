"""Which stack a pasted piece of configuration or program is of."""

import pytest

from corsage.model.evidence import Evidence
from corsage.stacks import all_stacks
from corsage.stacks.marks import MARKS
from corsage.stacks.recognise import recognise, slips_in


@pytest.mark.parametrize(
    ("text", "stack"),
    [
        ("location / { add_header Access-Control-Allow-Origin *; }", "nginx"),
        ('Header set Access-Control-Allow-Origin "*"', "apache"),
        ("app.use(cors({origin: 'https://app.example'}))", "express"),
        ("CORS_ALLOWED_ORIGINS = ['https://app.example']", "django"),
        ("app = FastAPI()\napp.add_middleware(CORSMiddleware)", "fastapi"),
        ("app.UseCors(policy => policy.AllowAnyOrigin())", "aspnet-core"),
        ("@CrossOrigin\n@RestController", "spring-boot"),
        ("http-response set-header Access-Control-Allow-Origin *", "haproxy"),
        ("nginx.ingress.kubernetes.io/enable-cors: 'true'", "ingress-nginx"),
        (
            "<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
            "s3",
        ),
    ],
)
def test_configurations_are_recognised(text: str, stack: str) -> None:
    assert stack in {place.stack for place in recognise(Evidence(notes=text))}


def test_words_alone_are_no_configuration() -> None:
    said = "The header was set by the proxy, which passes everything; CORS is on in my app."
    assert recognise(Evidence(notes=said)) == ()


def test_marks_are_of_stacks_that_there_are_and_of_one_each() -> None:
    assert set(MARKS) <= {stack.name for stack in all_stacks()}
    every = [mark for marks in MARKS.values() for mark in marks]
    assert len(every) == len(set(every))


def test_mistakes_of_a_pasted_configuration_are_found_without_its_name() -> None:
    text = "add_header Access-Control-Allow-Origin $http_origin; proxy_pass http://b;"
    evidence = Evidence(notes=text)
    evidence = Evidence(notes=text, places=recognise(evidence))
    assert "nginx" in {slip.stack for slip in slips_in(evidence)}
