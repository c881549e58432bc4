"""The yardstick: a Flask that says hello."""

from flask import Flask, Response, jsonify

app = Flask(__name__)


@app.get("/")
def hello() -> Response:
    """Say hello."""
    return jsonify(hello="world")
