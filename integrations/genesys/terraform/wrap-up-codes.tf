# The trigger hands a wrap-up code over by its id. The bridge's configuration says what it is about and what tickets call it.
variable "wrap_up_topics" {
  description = "Topic by name of the wrap-up code, as the flows name topics: email, network or other"
  type        = map(string)
  default     = {}
  validation {
    condition     = alltrue([for topic in values(var.wrap_up_topics) : can(regex("^[a-z0-9_.:-]+$", topic))])
    error_message = "Topics have small letters, digits and _ . : - only."
  }
}

data "genesyscloud_routing_wrapupcode" "code" {
  for_each = var.wrap_up_topics
  name     = each.key
}

output "wrap_up_configuration" {
  description = "Lines for the bridge's configuration"
  value = join("\n", flatten([
    for name, topic in var.wrap_up_topics : [
      "bridge.outage.topics.${data.genesyscloud_routing_wrapupcode.code[name].id}=${topic}",
      "bridge.outage.labels.${data.genesyscloud_routing_wrapupcode.code[name].id}=${name}",
    ]
  ]))
}
