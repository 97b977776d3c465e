-- From an app to its deployments.
create index deployment_project on marketplace.deployment (project_id);
