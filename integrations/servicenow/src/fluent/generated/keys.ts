import '@servicenow/sdk/global'

declare global {
    namespace Now {
        namespace Internal {
            interface Keys extends KeysRegistry {
                explicit: {
                    bom_json: {
                        table: 'sys_module'
                        id: '97e81381c70c48a28240ffa535148550'
                    }
                    'critical-created': {
                        table: 'sys_script'
                        id: '582b9e4332d04671a0ffc25920d54cbb'
                    }
                    'incident-webhook': {
                        table: 'sys_script_include'
                        id: '84a996a0f83a43f6b59f349d753a972b'
                    }
                    package_json: {
                        table: 'sys_module'
                        id: 'aedf2e1da8d444ccac1ad82e5abddd0e'
                    }
                    'priority-changed': {
                        table: 'sys_script'
                        id: '8a19d76e98c54cb5b7bad1b297124838'
                    }
                    reopened: {
                        table: 'sys_script'
                        id: '7a937b106cd04cfdb30dad8ac71234da'
                    }
                    'rest-message': {
                        table: 'sys_rest_message'
                        id: 'c55e099d6a87495a85fdd99e7661f43f'
                    }
                    'state-changed': {
                        table: 'sys_script'
                        id: 'd959844ac1b24e1b97b6c31efbc6c061'
                    }
                    'webhook-secret': {
                        table: 'sys_properties'
                        id: '1fb3790d183d440bb0536f784e272bef'
                    }
                    'webhook-url': {
                        table: 'sys_properties'
                        id: '0b20dc1294bd413b8179fb92127657c5'
                    }
                }
                composite: [
                    {
                        table: 'sys_rest_message_fn'
                        id: '96bd1cdecf8c4ac9b113756e8c5dc725'
                        key: {
                            rest_message: 'c55e099d6a87495a85fdd99e7661f43f'
                            function_name: 'Webhook'
                        }
                    },
                ]
            }
        }
    }
}
