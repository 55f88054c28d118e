"""The life of an environment by the official Python SDK, as its own integration test lives it (which is not published)."""
import os

import pulumi_esc_sdk as esc
from pulumi_esc_sdk.exceptions import ApiException

org = os.environ["PULUMI_ORG"]
client = esc.esc_client.default_client()
project, base, name = "sdk-python", "base", "env"


def step(text):
    print(f"ok {text}", flush=True)


def refused(call, status):
    try:
        call()
    except ApiException as error:
        assert error.status == status, error
    else:
        raise AssertionError("not refused")


token, found = "", []
while True:
    page = client.list_environments(org, token)
    found += page.environments
    token = page.next_token
    if not token:
        break
for one in found:
    if one.project == project:
        client.delete_environment(org, project, one.name)
step("list")

client.create_environment(org, project, base)
client.update_environment_yaml(org, project, base, f"values:\n  base: {base}\n")
client.create_environment(org, project, "source")
client.clone_environment(org, project, "source", project, name)
refused(lambda: client.create_environment(org, project, name), 409)
step("create and clone")

_, values, text = client.open_and_read_environment(org, project, name)
assert text == "{}\n" and not values, text
step("open an empty environment")

definition = esc.EnvironmentDefinition(
    imports=[f"{project}/{base}"],
    values=esc.EnvironmentDefinitionValues(
        additional_properties={
            "foo": "bar",
            "my_secret": {"fn::secret": "shh! don't tell anyone"},
            "my_array": [1, 2, 3],
            "none": None,
            "unicode": "ünïcödé ✓",
        },
        pulumi_config={"foo": "${foo}"},
        environment_variables={"FOO": "${foo}"},
    ),
)
assert client.update_environment(org, project, name, definition).diagnostics is None
read, _ = client.get_environment(org, project, name)
assert read.imports == [f"{project}/{base}"]
assert "ciphertext" in read.values.additional_properties["my_secret"]["fn::secret"]
decrypted, _ = client.decrypt_environment(org, project, name)
assert decrypted.values.additional_properties["my_secret"] == {"fn::secret": "shh! don't tell anyone"}
step("update, read and decrypt")

_, values, _ = client.open_and_read_environment(org, project, name)
assert values["base"] == base and values["foo"] == "bar" and values["my_array"] == [1, 2, 3], values
assert values["my_secret"] == "shh! don't tell anyone" and values["none"] is None, values
assert values["unicode"] == "ünïcödé ✓" and values["environmentVariables"] == {"FOO": "bar"}, values
session = client.open_environment(org, project, name)
value, plain = client.read_open_environment_property(org, project, name, session.id, "pulumiConfig.foo")
assert plain == "bar" and value.value == "bar", value
value, plain = client.read_open_environment_property(org, project, name, session.id, "my_secret")
assert value.secret and plain == "shh! don't tell anyone", value
refused(lambda: client.read_open_environment_property(org, project, name, session.id, "absent"), 404)
step("open and read properties")

before, _ = client.get_environment_at_version(org, project, name, "2")
before.values.additional_properties["versioned"] = "true"
client.update_environment(org, project, name, before)
revisions = client.list_environment_revisions(org, project, name)
assert [one.number for one in revisions] == [3, 2, 1], revisions
assert client.list_environment_revisions(org, project, name, before=3, count=1)[0].number == 2
step("save what an old version held, and list revisions")

client.create_environment_revision_tag(org, project, name, "testTag", 2)
_, values, _ = client.open_and_read_environment_at_version(org, project, name, "testTag")
assert "versioned" not in values, values
tags = client.list_environment_revision_tags(org, project, name)
assert [tag.name for tag in tags.tags] == ["latest", "testTag"], tags
client.update_environment_revision_tag(org, project, name, "testTag", 3)
_, values, _ = client.open_and_read_environment_at_version(org, project, name, "testTag")
assert values["versioned"] == "true", values
assert client.get_environment_revision_tag(org, project, name, "testTag").revision == 3
client.delete_environment_revision_tag(org, project, name, "testTag")
refused(lambda: client.get_environment_revision_tag(org, project, name, "testTag"), 404)
step("tag revisions")

assert client.list_environment_tags(org, project, name).tags == {}
client.create_environment_tag(org, project, name, "owner", "esc-sdk-test")
assert client.get_environment_tag(org, project, name, "owner").value == "esc-sdk-test"
client.update_environment_tag(org, project, name, "owner", "esc-sdk-test", "new-owner", "esc-sdk-test-updated")
tags = client.list_environment_tags(org, project, name).tags
assert [tags[one].value for one in tags] == ["esc-sdk-test-updated"] and list(tags) == ["new-owner"], tags
client.delete_environment_tag(org, project, name, "new-owner")
step("tag the environment")

valid = client.check_environment(org, esc.EnvironmentDefinition(imports=[f"{project}/{base}"]))
assert valid.diagnostics is None, valid
broken = esc.EnvironmentDefinitionValues(additional_properties={"bad": "${bad_ref}"})
invalid = client.check_environment(org, esc.EnvironmentDefinition(values=broken))
assert [one.summary for one in invalid.diagnostics] == ['unknown property "bad_ref"'], invalid
step("check")

for one in (name, "source", base):
    client.delete_environment(org, project, one)
refused(lambda: client.get_environment(org, project, name), 404)
step("delete")
