variable "bridge_url" {
  description = "Public address of the bridge, without a path"
  type        = string
  validation {
    condition     = can(regex("^https://[^/]+$", var.bridge_url))
    error_message = "The address begins with https:// and has no path."
  }
}

variable "data_action_key" {
  description = "Key of the bridge with the right data-action"
  type        = string
  sensitive   = true
}

variable "emergency_key" {
  description = "Key of the bridge with the right emergency; another one than data_action_key"
  type        = string
  sensitive   = true
}

variable "name" {
  description = "Name of the integration, and the category of its actions"
  type        = string
  default     = "Incident Bridge"
}

variable "division" {
  description = "Name of the division that the flows belong to"
  type        = string
  default     = "Home"
}

variable "queue_service_desk" {
  description = "Name of the queue that calls go to"
  type        = string
}

variable "employee_id_prefix" {
  description = "What a caller cannot type: put before the digits to make an employee id of them"
  type        = string
  default     = ""
}

variable "emergency_group" {
  description = "Name of the bridge's emergency group, which is also the row of the data table"
  type        = string
  default     = "default"
}

variable "wrap_up_flow" {
  description = "Whether finished calls start the wrap-up workflow"
  type        = bool
  default     = true
}
