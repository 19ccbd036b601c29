.PHONY: verify images e2e format locks clean

verify:          ## everything that must pass before a change is merged
	mvn verify

images:          ## builds all images into the local Docker engine
	mvn package -DskipTests jib:dockerBuild

e2e:             ## builds all images and tests them under a Docker engine
	e2e/run

format:          ## rewrites the Java and Python sources in the project's format
	mvn -q -N validate exec:exec@format
	$$(build/python-env task-host) -m ruff format task-host examples build
	$$(build/python-env task-host) -m ruff check --fix task-host examples build

locks:           ## resolves the Python requirements anew
	build/lock-python

clean:
	mvn clean
