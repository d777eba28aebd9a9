# The exports of ../actions, which the bridge's tests check against its OpenAPI. There is no resource that takes an export,
# so it is taken apart here. A changed contract makes a new action with a new id: contracts only ever grow by new actions.
locals {
  exports = {
    for file in fileset("${path.module}/../actions", "*.custom.json") :
    trimsuffix(file, ".custom.json") => jsondecode(file("${path.module}/../actions/${file}"))
  }
  declaring = ["Activate-Emergency", "Resolve-Emergency"]
}

resource "genesyscloud_integration_action" "action" {
  for_each               = local.exports
  name                   = each.value.name
  category               = local.categories[contains(local.declaring, each.key) ? "emergency" : "data-action"]
  integration_id         = genesyscloud_integration.bridge[contains(local.declaring, each.key) ? "emergency" : "data-action"].id
  secure                 = each.value.secure
  config_timeout_seconds = each.value.config.timeoutSeconds
  contract_input         = jsonencode(each.value.contract.input.inputSchema)
  contract_output        = jsonencode(each.value.contract.output.successSchema)

  config_request {
    request_url_template = each.value.config.request.requestUrlTemplate
    request_type         = each.value.config.request.requestType
    request_template     = each.value.config.request.requestTemplate
    headers              = each.value.config.request.headers
  }

  config_response {
    translation_map          = each.value.config.response.translationMap
    translation_map_defaults = each.value.config.response.translationMapDefaults
    success_template         = each.value.config.response.successTemplate
  }
}
