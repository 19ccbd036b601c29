-- The databases of the REST API and of MLflow, each with a role that owns it and sees no other.
-- PostgreSQL's image runs this once, when its volume is empty.
\set restapi_password `cat /run/secrets/RESTAPI_PASSWORD`
\set mlflow_password `cat /run/secrets/MLFLOW_PASSWORD`

CREATE ROLE restapi LOGIN PASSWORD :'restapi_password';
CREATE DATABASE restapi OWNER restapi;
REVOKE ALL ON DATABASE restapi FROM PUBLIC;

CREATE ROLE mlflow LOGIN PASSWORD :'mlflow_password';
CREATE DATABASE mlflow OWNER mlflow;
REVOKE ALL ON DATABASE mlflow FROM PUBLIC;
