# Tables that the bridge writes and flows read. Their rows are the bridge's: Terraform makes the first one and looks away.
resource "genesyscloud_architect_datatable" "emergency" {
  name        = "Emergency_Routing"
  description = "Written by Incident Bridge: a row per emergency group"
  properties {
    name  = "key"
    type  = "string"
    title = "Group"
  }
  properties {
    name    = "active"
    type    = "boolean"
    title   = "Emergency"
    default = "false"
  }
  properties {
    name  = "queueIds"
    type  = "string"
    title = "Queues, first choice first, commas between them"
  }
  properties {
    name    = "priority"
    type    = "integer"
    title   = "Priority"
    default = "1"
  }
  properties {
    name  = "reason"
    type  = "string"
    title = "Why"
  }
  properties {
    name  = "changedAt"
    type  = "string"
    title = "Changed at (UTC)"
  }
}

resource "genesyscloud_architect_datatable_row" "emergency" {
  datatable_id = genesyscloud_architect_datatable.emergency.id
  key_value    = var.emergency_group
  properties_json = jsonencode({
    active    = false
    queueIds  = ""
    priority  = 1
    reason    = ""
    changedAt = ""
  })
  # Else an apply would end an emergency.
  lifecycle {
    ignore_changes = [properties_json]
  }
}

resource "genesyscloud_architect_datatable" "system_health" {
  name        = "System_Health"
  description = "Written by Incident Bridge: a row per topic that has or had an outage, and the row global"
  properties {
    name  = "key"
    type  = "string"
    title = "Topic"
  }
  properties {
    name    = "mode"
    type    = "string"
    title   = "NORMAL, CATASTROPHE or RECOVERING"
    default = "NORMAL"
  }
  properties {
    name  = "masterNumber"
    type  = "string"
    title = "Master incident"
  }
  properties {
    name  = "announcement"
    type  = "string"
    title = "What to tell callers"
  }
  properties {
    name  = "since"
    type  = "string"
    title = "Since (UTC)"
  }
}
