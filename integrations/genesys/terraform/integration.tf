# Two integrations, as their keys have different rights: one leaked key cannot do what the other may.
locals {
  keys = {
    data-action = var.data_action_key
    emergency   = var.emergency_key
  }
  categories = {
    data-action = var.name
    emergency   = "${var.name} emergency"
  }
}

resource "genesyscloud_integration_credential" "bridge" {
  for_each             = local.categories
  name                 = each.value
  credential_type_name = "userDefined"
  fields = {
    baseUrl = var.bridge_url
    apiKey  = local.keys[each.key]
  }
}

resource "genesyscloud_integration" "bridge" {
  for_each         = local.categories
  integration_type = "custom-rest-actions"
  intended_state   = "ENABLED"
  config {
    name = each.value
    # The key is called so whatever the credential's type is.
    credentials = {
      basicAuth = genesyscloud_integration_credential.bridge[each.key].id
    }
  }
}
