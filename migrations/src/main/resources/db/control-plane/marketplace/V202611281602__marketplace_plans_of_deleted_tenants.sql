-- Plans that nobody approved go with a deleted tenant; approved ones are referred to by their deployments and stay.
grant delete on marketplace.deployment_plan to ${app};
