"""Stacks: clouds: gateways, buckets, networks of caches, platforms."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.clouds.akamai import Akamai
from corsage.stacks.clouds.api_gateway_http import ApiGatewayHttp
from corsage.stacks.clouds.api_gateway_rest import ApiGatewayRest
from corsage.stacks.clouds.apps_script import AppsScript
from corsage.stacks.clouds.appsync import AppSync
from corsage.stacks.clouds.azure_api_management import AzureApiManagement
from corsage.stacks.clouds.azure_app_service import AzureAppService
from corsage.stacks.clouds.azure_blob import AzureBlob
from corsage.stacks.clouds.cloud_run import CloudRun
from corsage.stacks.clouds.cloudflare import Cloudflare
from corsage.stacks.clouds.cloudflare_access import CloudflareAccess
from corsage.stacks.clouds.cloudflare_workers import CloudflareWorkers
from corsage.stacks.clouds.cloudfront import CloudFront
from corsage.stacks.clouds.cognito import Cognito
from corsage.stacks.clouds.dev_tunnels import DevTunnels
from corsage.stacks.clouds.fastly import Fastly
from corsage.stacks.clouds.firebase import Firebase
from corsage.stacks.clouds.github_pages import GitHubPages
from corsage.stacks.clouds.google_cloud_storage import GoogleCloudStorage
from corsage.stacks.clouds.heroku import Heroku
from corsage.stacks.clouds.iap import IdentityAwareProxy
from corsage.stacks.clouds.lambda_url import LambdaUrl
from corsage.stacks.clouds.localtunnel import Localtunnel
from corsage.stacks.clouds.netlify import Netlify
from corsage.stacks.clouds.ngrok import Ngrok
from corsage.stacks.clouds.railway import Railway
from corsage.stacks.clouds.render import RenderCom
from corsage.stacks.clouds.s3 import S3
from corsage.stacks.clouds.supabase import Supabase
from corsage.stacks.clouds.vercel import Vercel
from corsage.stacks.clouds.web_firewall import WebFirewall

STACKS: Final[tuple[Stack, ...]] = (
    S3(),
    CloudFront(),
    ApiGatewayRest(),
    ApiGatewayHttp(),
    LambdaUrl(),
    GoogleCloudStorage(),
    AzureAppService(),
    AzureApiManagement(),
    AzureBlob(),
    CloudflareWorkers(),
    CloudflareAccess(),
    Firebase(),
    CloudRun(),
    Vercel(),
    Netlify(),
    Supabase(),
    Cloudflare(),
    Akamai(),
    Fastly(),
    Heroku(),
    RenderCom(),
    Railway(),
    GitHubPages(),
    DevTunnels(),
    Ngrok(),
    Localtunnel(),
    AppsScript(),
    Cognito(),
    AppSync(),
    IdentityAwareProxy(),
    WebFirewall(),
)
