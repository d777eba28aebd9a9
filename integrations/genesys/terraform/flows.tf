locals {
  flows = {
    inbound-call = "${var.name} inbound call"
    in-queue     = "${var.name} in queue"
    wrap-up      = "${var.name} wrap-up"
  }
}

resource "genesyscloud_flow" "flow" {
  for_each          = { for file, name in local.flows : file => name if file != "wrap-up" || var.wrap_up_flow }
  filepath          = "${path.module}/../flows/${each.key}.yaml"
  file_content_hash = filesha256("${path.module}/../flows/${each.key}.yaml")
  substitutions = {
    flow_name            = each.value
    division             = var.division
    data_action_category = local.categories["data-action"]
    queue_service_desk   = var.queue_service_desk
    employee_id_prefix   = var.employee_id_prefix
    emergency_table      = genesyscloud_architect_datatable.emergency.name
    emergency_row        = var.emergency_group
    system_health_table  = genesyscloud_architect_datatable.system_health.name
  }
  depends_on = [genesyscloud_integration_action.action]
}

# The after-call work of a voice call has ended: the wrap-up code is known.
resource "genesyscloud_processautomation_trigger" "wrap_up" {
  count      = var.wrap_up_flow ? 1 : 0
  name       = "${var.name} wrap-up"
  topic_name = "v2.detail.events.conversation.{id}.acw"
  enabled    = true
  target {
    id   = genesyscloud_flow.flow["wrap-up"].id
    type = "Workflow"
    workflow_target_settings {
      data_format = "TopLevelPrimitives"
    }
  }
  match_criteria    = jsonencode([{ jsonPath = "mediaType", operator = "Equal", value = "VOICE" }])
  event_ttl_seconds = 600
}
