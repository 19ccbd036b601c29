.PHONY: verify format locks clean

verify:          ## everything that must pass before a change is merged
	mvn verify

format:          ## rewrites the Java and Python sources in the project's format
	mvn -q -N validate exec:exec@format
	$$(build/python-env task-host) -m ruff format task-host examples
	$$(build/python-env task-host) -m ruff check --fix task-host examples

locks:           ## resolves the Python requirements anew
	build/lock-python

clean:
	mvn clean
