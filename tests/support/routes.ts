import type { Application, Router } from 'express'
import { createApp } from '../../src/app.ts'

export interface Route {
  method: string
  path: string
}

interface Listed {
  path: string
  methods: string[] | undefined
  router: Router | undefined
}

/** Every page of the app, read from the app itself: a new one is there the day it is added. Assets and HEAD are not. */
export const routes = (): Route[] => routesOf((createApp('a secret that signs nothing here') as Application).router, '')

function routesOf(router: Router, mount: string): Route[] {
  const listed = (router as Router & { listRoutes(): Listed[] }).listRoutes()
  return listed
    .filter(({ path }) => !path.startsWith('/assets/'))
    .flatMap(({ path, methods, router: mounted }) => {
      const whole = mount + (path === '/' && mount ? '' : path)
      if (mounted) return routesOf(mounted, whole === '/' ? '' : whole)
      return (methods ?? []).filter(method => method !== 'HEAD').map(method => ({ method, path: whole }))
    })
}

export const nameOf = ({ method, path }: Route) => `${method} ${path}`
