output "emergency_table_id" {
  description = "For bridge.emergency.groups.<name>.targets[0].id, with kind DATA_TABLE"
  value       = genesyscloud_architect_datatable.emergency.id
}

output "system_health_table_id" {
  description = "For bridge.outage.mirror.table-id"
  value       = genesyscloud_architect_datatable.system_health.id
}

output "action_ids" {
  description = "For bridge.emergency.groups.<name>.cache-bust.action-id: that of Get-Emergency-Routing"
  value       = { for name, action in genesyscloud_integration_action.action : name => action.id }
}
